/**
 * Schemas in the browser compile nothing: the page's policy forbids it, and the attempt alone would be
 * reported as a breach. zod reads this where it is loaded, so the root imports it before anything else.
 */
if (typeof document !== 'undefined') {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
}

export {};
