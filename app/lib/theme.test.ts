import { expect, it } from 'vitest';
import { readPreferences, themeCookieHeader, themes } from './theme.ts';

it.each(themes)('a chosen theme comes back from its cookie: %s', (theme) => {
  const [pair] = themeCookieHeader(theme).split(';');
  expect(readPreferences(`other=1; ${pair}; last=2`).theme).toBe(theme);
});

it('reads the browser’s time zone', () => {
  expect(readPreferences('bqs_zone=Europe%2FBerlin')).toEqual({
    theme: 'system',
    zone: 'Europe/Berlin',
    zoneKnown: true,
  });
});

it.each([null, '', 'bqs_zone=Mars%2FCrater', 'bqs_zone=%E0%A4%A', 'bqs_theme=pink; bqs_zone='])(
  'what makes no sense counts as absent: %j',
  (cookies) => {
    expect(readPreferences(cookies)).toEqual({ theme: 'system', zone: 'UTC', zoneKnown: false });
  },
);
