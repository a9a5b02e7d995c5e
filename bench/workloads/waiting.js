"use aclose";

export async function* waiting(promise) {
  yield await promise;
}
