/** Answers that are asked for again and again: of a class by each of its methods, of a file by each of its functions. */

/** `answer`, called once for each key, for as long as that is there. */
export function memoize<Key extends object, Answer extends {}>(answer: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, Answer>();
  return (key) => {
    const found = known.get(key) ?? answer(key);
    known.set(key, found);
    return found;
  };
}
