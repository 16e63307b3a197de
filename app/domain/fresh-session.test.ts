import { expect, it } from 'vitest';
import { asksAfresh } from './fresh-session.ts';
import { permissions } from './permissions.ts';

it.each(permissions)(
  '%s relies on a remembered session only where little can happen',
  (permission) => {
    const privileged = /^(manage:.*|read:audit|review:access|decide:opportunity)$/.test(permission);
    expect(asksAfresh(permission)).toBe(privileged);
  },
);
