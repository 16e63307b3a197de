import { describe, expect, it } from 'vitest';
import { acceptsJson, isJsonRequest } from './negotiate.ts';

const chrome = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('what a client wants', () => {
  it.each([
    ['a navigation', chrome, undefined, false, false],
    ['a library that prefers JSON', 'application/json, text/plain, */*', undefined, true, true],
    ['JSON alone', 'application/json', undefined, true, true],
    ['anything', '*/*', undefined, false, false],
    ['nothing said', undefined, undefined, false, false],
    [
      'JSON at half the weight of HTML',
      'text/html, application/json;q=0.5',
      undefined,
      false,
      false,
    ],
    ['JSON over HTML by weight', 'text/html;q=0.4, application/json;q=0.5', undefined, true, true],
    ['JSON refused outright', 'application/json;q=0, text/html', undefined, false, false],
    ['a JSON body', chrome, 'application/json', true, false],
    ['a JSON body with a charset', chrome, 'application/json; charset=utf-8', false, false],
  ])('reads %s', (_what, accept, contentType, asSubmission, asBeginning) => {
    expect(isJsonRequest(accept, contentType)).toBe(asSubmission);
    expect(acceptsJson(accept)).toBe(asBeginning);
  });
});
