import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { SignedName } from './signed-name.tsx';

const shown = (name: string) => renderToStaticMarkup(createElement(SignedName, { name }));

it('marks for whom somebody acted, and lets no name look so', () => {
  expect(shown('Ada [for Maya Manager]')).toMatch(
    /^<bdi>Ada<\/bdi> <span class="[^"]+"><span>stands in for <bdi>Maya Manager<\/bdi>/,
  );
  expect(shown('Ada for Maya Manager')).toBe('<bdi>Ada for Maya Manager</bdi>');
});
