/** What a person can choose; `system` follows the device and is what nobody's choice means. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const themeCookie = 'bqs_theme';
export const zoneCookie = 'bqs_zone';

export interface Preferences {
  theme: Theme;
  /** IANA time zone of the browser; UTC until a script has told us. */
  zone: string;
  zoneKnown: boolean;
}

/** Reads both preferences out of a Cookie header; whatever does not make sense counts as absent. */
export function readPreferences(cookies: string | null): Preferences {
  const theme = themes.find((known) => known === cookieValue(cookies, themeCookie)) ?? 'system';
  const zone = cookieValue(cookies, zoneCookie);
  const zoneKnown = zone !== null && isTimeZone(zone);
  return { theme, zone: zoneKnown ? zone : 'UTC', zoneKnown };
}

/** The Set-Cookie that keeps a theme for a year. */
export function themeCookieHeader(theme: Theme): string {
  return `${themeCookie}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

function cookieValue(cookies: string | null, name: string): string | null {
  const pair = cookies?.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
  if (!pair) return null;
  try {
    return decodeURIComponent(pair.slice(name.length + 1));
  } catch {
    return null;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
