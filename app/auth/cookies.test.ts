import { describe, expect, it } from 'vitest';
import { oryCookies } from './cookies.ts';

describe('the cookies the identity server is shown', () => {
  it('are its own and none of the application', () => {
    const header =
      'bqs_toast=secret; ory_kratos_session=abc=; theme=dark; csrf_token_1f=x; ory_x=1';
    expect(oryCookies(header, 'ory_kratos_session')).toEqual({
      header: 'ory_kratos_session=abc=; csrf_token_1f=x; ory_x=1',
      session: true,
      csrf: true,
    });
  });

  it('hold the session under whatever name it is given', () => {
    expect(oryCookies('my_session=1; ory_kratos_session=2', 'my_session').session).toBe(true);
    expect(oryCookies('ory_kratos_session=2', 'my_session').session).toBe(false);
  });

  it('hold no session where there is no cookie, or an empty one', () => {
    expect(oryCookies(null, 's')).toEqual({ header: null, session: false, csrf: false });
    expect(oryCookies('s=', 's').session).toBe(false);
  });
});
