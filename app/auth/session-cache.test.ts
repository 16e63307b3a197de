import { describe, expect, it } from 'vitest';
import { SessionCache } from './session-cache.ts';

function started(seconds = 10, most = 3) {
  const clock = { now: 1000 };
  const cache = new SessionCache<string>(seconds, most, () => clock.now);
  const keep = (credentials: string, identityId = credentials, ends: Date | null = null) =>
    cache.keeper(credentials)(`the session of ${credentials}`, { identityId, ends });
  return { clock, cache, keep };
}

describe('the cache of sessions', () => {
  it('keeps an answer as long as it is told, counted from the question', () => {
    const { clock, cache } = started();
    const keep = cache.keeper('ada');
    clock.now += 4000;
    keep('Ada', { identityId: 'ada' });
    clock.now += 5999;
    expect(cache.get('ada')).toBe('Ada');
    clock.now += 1;
    expect(cache.get('ada')).toBeNull();
    expect(cache.size).toBe(0);
  });

  it('keeps nothing where it is off', () => {
    const { cache, keep } = started(0);
    keep('ada');
    expect([cache.get('ada'), cache.size]).toEqual([null, 0]);
  });

  it('outlives no session', () => {
    const { clock, cache, keep } = started();
    keep('ada', 'ada', new Date(3000));
    clock.now = 2999;
    expect(cache.get('ada')).not.toBeNull();
    clock.now = 3000;
    expect(cache.get('ada')).toBeNull();
  });

  it('drops the oldest where it is full', () => {
    const { cache, keep } = started();
    for (const name of ['ada', 'ben', 'cleo', 'dan']) keep(name);
    expect(cache.size).toBe(3);
    expect(cache.get('ada')).toBeNull();
    expect(cache.get('dan')).not.toBeNull();
  });

  it('forgets every session of a person, and nobody else’s', () => {
    const { cache, keep } = started();
    keep('ada at work', 'ada');
    keep('ada at home', 'ada');
    keep('ben');
    cache.forget('ada at work');
    expect(cache.get('ada at home')).toBeNull();
    expect(cache.get('ben')).not.toBeNull();
  });

  it('forgets everybody where it cannot tell whose credentials they were', () => {
    const { cache, keep } = started();
    keep('ada in another spelling', 'ada');
    const late = cache.keeper('ben');
    cache.forget('ada');
    late('Ben', { identityId: 'ben' });
    expect(cache.size).toBe(0);
  });

  it('keeps no answer that was asked for before something was forgotten', () => {
    const { cache } = started();
    const keep = cache.keeper('ada');
    cache.forgetIdentity('ada');
    keep('Ada', { identityId: 'ada' });
    expect(cache.get('ada')).toBeNull();
  });
});
