/** Fused bodies that run within one another in a call; longer chains of readers go on without the stack. */
export const DEEPEST = 64;
