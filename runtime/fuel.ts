/** Items that fused code takes in a row before everybody else gets a turn. */
export const FUEL = 128;
