/** A project of a user's in a temporary folder, compiled with the plugin and run. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export interface Run {
  readonly status: number | null;
  readonly output: string;
}

export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "aclose-project-")));

  constructor(files: Record<string, string>, packages: readonly string[] = []) {
    mkdirSync(join(this.folder, "node_modules"));
    symlinkSync(root, join(this.folder, "node_modules/aclose"));
    for (const name of packages) symlinkSync(join(root, "node_modules", name), join(this.folder, "node_modules", name));
    this.write(files);
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  list(folder: string): string[] {
    return readdirSync(join(this.folder, folder), { recursive: true, encoding: "utf8" }).sort();
  }

  /** Runs a compiler or any other program of Node's; the status tells whether it failed. */
  node(...args: string[]): Run {
    return this.with("node", ...args);
  }

  /** The same with another Node than the one on the path. */
  with(node: string, ...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(node, args, { cwd: this.folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  /** Runs a program that must succeed, and gives what it printed. */
  print(...args: string[]): string {
    return execFileSync("node", args, { cwd: this.folder, encoding: "utf8" });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** For a suite: makes projects, each of which is removed after the test that has made it. */
export function projectsOfTests(): (files: Record<string, string>, packages?: readonly string[]) => Project {
  const projects: Project[] = [];
  afterEach(() => {
    for (const project of projects.splice(0)) project.remove();
  });
  return (files, packages) => {
    const project = new Project(files, packages);
    projects.push(project);
    return project;
  };
}

export interface CompilerSetup {
  readonly compilerOptions: Record<string, unknown>;
  readonly plugin?: Record<string, unknown>;
}

export function tsconfig({ compilerOptions, plugin }: CompilerSetup, include: readonly string[] = ["src"]): string {
  const plugins = plugin ? { plugins: [{ transform: "aclose/transformer", ...plugin }] } : {};
  return JSON.stringify({ compilerOptions: { ...compilerOptions, ...plugins }, include }, null, 2);
}
