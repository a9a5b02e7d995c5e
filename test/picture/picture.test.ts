import { expect } from "chai";
import { graphOf } from "../../picture/graph.js";
import { loadGraphviz } from "../../picture/graphviz.js";
import { drawStates, pageOf } from "../../picture/index.js";
import { type Layout, layOut, type Rectangle } from "../../picture/layout.js";
import { svgOf } from "../../picture/svg.js";
import { type Explanation, explain, typescript as ts } from "../../transformer/index.js";

const source = `"use aclose";
export async function* rows(db, size) {
  const table = await db.open("<a & b>");
  try {
    for await (const row of table.read(size)) {
      if (row.skip) continue;
      yield row;
    }
  } catch (error) {
    yield error;
  } finally {
    await table.close();
  }
}
`;

const explained = (text: string, name: string): Explanation => explain(text, { fileName: "rows.js" }, name)!;
const inside = (outer: Rectangle, inner: Rectangle): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe("pictures of states", () => {
  const explanation = explained(source, "rows");
  let layout: Layout;
  let svg: string;
  before(async () => {
    layout = layOut(graphOf(explanation, source), await loadGraphviz());
    svg = svgOf(layout);
  });

  it("show every state once, and only states", () => {
    const shown = [...svg.matchAll(/data-state="(\d+)"/g)].map(([, id]) => Number(id));
    expect(shown).to.deep.equal(explanation.states.map(({ id }) => id));
  });

  it("show every transition between shapes that are there, and what a region hands to its handler", () => {
    const edges = [...svg.matchAll(/data-from="(\w+)" data-to="(\w+)"/g)].map(([, from, to]) => `${from} ${to}`);
    const expected = explanation.states.flatMap(({ id, transitions }) =>
      transitions.map(({ to }) => `${id} ${typeof to === "number" ? to : to + id}`),
    );
    expect(edges).to.include.members(["start 0", ...expected]);
    expect(svg.match(/class="edge abrupt"/g)?.length).to.equal(explanation.regions.length);
    const places = new Set(layout.boxes.map(({ box }) => box.id));
    for (const edge of edges) for (const end of edge.split(" ")) expect(places).to.include(end);
  });

  it("nest the regions as the source does, each around its states and no others", () => {
    const clusters = new Map(layout.clusters.map(({ cluster, place }) => [cluster.region.id, place]));
    const parents = new Map(explanation.regions.map(({ id, parent }) => [id, parent]));
    expect(explanation.regions.map(({ owner, kind }) => `${owner} ${kind}`)).to.deep.equal([
      "try finally",
      "try catch",
      "loop finally",
    ]);
    for (const [id, place] of clusters) {
      const parent = parents.get(id);
      if (parent !== undefined) expect(inside(clusters.get(parent)!, place)).to.equal(true);
      for (const { box, place: at } of layout.boxes) {
        let region = box.state?.region;
        while (region !== undefined && region !== id) region = parents.get(region);
        expect(inside(place, at), `box ${box.id} in region ${id}`).to.equal(region === id);
      }
    }
  });

  it("mark where cleanup is owed, and what a state suspends for", () => {
    const owing = [...svg.matchAll(/class="state \w+ owes" data-state="(\d+)"/g)].map(([, id]) => Number(id));
    expect(owing).to.deep.equal(explanation.states.filter((each) => each.owesCleanup).map(({ id }) => id));
    expect(owing.length).to.be.greaterThan(0);
    expect(svg).to.contain(">yield row</text>").and.contain("close the iterator");
  });

  it("keep boxes apart, and draw on the canvas only", () => {
    const { boxes, width, height } = layout;
    const canvas = { x: 0, y: 0, width, height };
    for (const { box, place } of boxes) {
      expect(inside(canvas, place), box.id).to.equal(true);
      for (const other of boxes) {
        if (other.box === box) continue;
        const apart =
          place.x + place.width <= other.place.x ||
          other.place.x + other.place.width <= place.x ||
          place.y + place.height <= other.place.y ||
          other.place.y + other.place.height <= place.y;
        expect(apart, `${box.id} and ${other.box.id}`).to.equal(true);
      }
    }
  });

  it("are well-formed XML with a title and a description, whatever the source says", async () => {
    expect(svg).to.contain("&lt;a &amp; b&gt;").and.not.contain('"<a & b>"');
    expect(svg).to.match(/<title id="aclose-title">The states of rows<\/title>\s*<desc id="aclose-desc">Protected: /);
    const odd = 'async function* f() { "use aclose"; yield "\\u0000 ]]> <script> \'"; }'.replace("\\u0000", "\0");
    for (const text of [svg, await drawStates(explained(odd, "f"), odd)]) {
      // Stricter than an XML parser in what it takes: elements, attributes and text of exactly these forms.
      const rest = text
        .replace(/<style>[^<]*<\/style>/g, "")
        .replace(/<\/?\w+(?: [\w:-]+="[^"<&\0]*(?:&(?:amp|lt|gt|quot);[^"<&\0]*)*")*\/?>/g, "");
      expect(rest.replace(/&(?:amp|lt|gt|quot);/g, "")).not.to.match(/[<>&\0]/);
    }
  });

  it("have an element a line, which lets the explorer replace what has changed", () => {
    const [head, ...parts] = svgOf(layout, { standalone: false }).split("\n");
    expect(head).to.match(/^<svg [^>]* width="\d+" height="\d+"[^>]*>$/);
    expect(parts.pop()).to.equal("</svg>");
    for (const part of parts) expect(part).to.match(/^<(\w+)(?: .*)?>.*<\/\1>$/);
  });

  it("leave room for their words: titles of regions, labels at the right edge", () => {
    const room = layout.width;
    for (const { edge, label } of layout.edges)
      if (label && !label.isLeft) expect(label.x + 6 * edge.label.length, edge.label).to.be.at.most(room);
    for (const { cluster, place } of layout.clusters)
      expect(place.width, cluster.title).to.be.at.least(6.3 * cluster.title.length);
  });

  it("have colours for light and dark", () => {
    expect(svg).to.contain("prefers-color-scheme: dark");
    const used = new Set([...svg.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name));
    for (const name of used) expect(svg, name).to.match(new RegExp(`--${name}: #[0-9a-f]{6};`));
  });

  it("take a function of one state, and one that never ends", async () => {
    for (const body of ["", "yield;", "for (;;) yield 1;", "throw 1;", "return await 2;"]) {
      const text = `async function* f() { "use aclose"; ${body} }`;
      expect(await drawStates(explained(text, "f"), text)).to.contain('data-state="0"');
    }
  });

  it("stand beside the source in a page that needs nothing else", async () => {
    const page = pageOf({
      explanation,
      text: source,
      path: "src/rows.js",
      svg: await drawStates(explanation, source, { standalone: false }),
    });
    expect(page).not.to.match(/(?:src|href)=/);
    expect(page).to.contain('<span class="tok-keyword">yield</span> row;');
    expect(page).to.contain("src/rows.js:2");
    const lines = [...page.matchAll(/data-line="(\d+)"/g)].map(([, line]) => Number(line));
    expect(lines.length).to.equal(15);
    for (const [, first, last] of page.matchAll(/data-lines="(\d+)-(\d+)/g))
      expect(lines).to.include.members([Number(first), Number(last)]);
    const script = /<script>([\s\S]*)<\/script>/.exec(page)![1]!;
    const { diagnostics } = ts.transpileModule(script, { reportDiagnostics: true });
    expect(diagnostics).to.deep.equal([]);
  });
});
