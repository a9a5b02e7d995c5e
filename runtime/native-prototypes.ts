/**
 * The realm's own async generator intrinsics. A build for engines without async generators replaces this file.
 */

/** `%AsyncGeneratorFunction.prototype%` ({@link https://tc39.es/ecma262/#sec-properties-of-asyncgeneratorfunction-prototype}). */
export const asyncGeneratorFunctionPrototype: any = Object.getPrototypeOf(async function* () {});

/** `%AsyncGeneratorPrototype%` ({@link https://tc39.es/ecma262/#sec-properties-of-asyncgenerator-prototype}). */
export const asyncGeneratorPrototype: any = asyncGeneratorFunctionPrototype.prototype;

/** `%AsyncIteratorPrototype%` ({@link https://tc39.es/ecma262/#sec-asynciteratorprototype}). */
export const asyncIteratorPrototype: any = Object.getPrototypeOf(asyncGeneratorPrototype);
