/** Text of an expression with its precedence, so that parentheses stand only where the grammar asks for them. */

export const Level = {
  Comma: 0,
  Assignment: 1,
  Conditional: 2,
  Coalesce: 3,
  Or: 4,
  And: 5,
  BitOr: 6,
  BitXor: 7,
  BitAnd: 8,
  Equality: 9,
  Relational: 10,
  Shift: 11,
  Additive: 12,
  Multiplicative: 13,
  Exponent: 14,
  Unary: 15,
  Update: 16,
  Call: 17,
  Primary: 18,
} as const;
export type Level = (typeof Level)[keyof typeof Level];

export interface Code {
  readonly text: string;
  readonly level: number;
  /** An optional chain: parentheses around it mean something. */
  readonly chain?: boolean;
}

export const code = (level: number, text: string): Code => ({ level, text });

/** The text, in parentheses if it binds looser than its place allows. */
export const at = (level: number, { text, level: own }: Code): string => (own < level ? `(${text})` : text);

/** As an expression statement or the body of an arrow function. */
export const notABlock = (text: string): string =>
  /^(\{|function\b|async function\b|class\b|let\s*\[)/.test(text) ? `(${text})` : text;

interface BinaryOperator {
  readonly text: string;
  readonly level: Level;
}

const levelsOf: readonly (readonly [level: Level, operators: readonly string[]])[] = [
  [Level.Additive, ["+", "+", "-"]],
  [Level.Multiplicative, ["*", "/", "%"]],
  [Level.Equality, ["==", "===", "!=", "!=="]],
  [Level.Relational, ["<", "<=", ">=", "instanceof"]],
  [Level.Shift, ["<<", ">>", ">>>"]],
  [Level.BitAnd, ["&"]],
  [Level.BitOr, ["|"]],
  [Level.BitXor, ["^"]],
  [Level.Exponent, ["**"]],
];

export const binaryOperators: readonly BinaryOperator[] = levelsOf.flatMap(([level, texts]) =>
  texts.map((text) => ({ text, level })),
);

export const logicalOperators: readonly BinaryOperator[] = [
  { text: "&&", level: Level.And },
  { text: "||", level: Level.Or },
  { text: "??", level: Level.Coalesce },
];

/** Both operands with just the parentheses that the operator asks for. */
export function binary({ text, level }: BinaryOperator, left: Code, right: Code): Code {
  // `??` beside `||` or `&&`, and a unary operator before `**`, are syntax errors without parentheses.
  const strictLeft = level === Level.Coalesce ? Level.BitOr : level === Level.Exponent ? Level.Update : level;
  const strictRight = level === Level.Coalesce ? Level.BitOr : level === Level.Exponent ? level : level + 1;
  return code(level, `${at(strictLeft, left)} ${text} ${at(strictRight, right)}`);
}
