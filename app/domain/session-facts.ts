/** What the identity server says of a session itself, apart from whose it is. */
export interface SessionFacts {
  id: string | null;
  /** `aal2` once a second factor was passed in this session, or set up in it. */
  level: 'aal1' | 'aal2';
  /** When its owner last proved who they are, by whatever factor; null where that is not known. */
  authenticatedAt: Date | null;
  /** How, the first one first, by the identity server's names. */
  methods: readonly string[];
  signedInAt: Date | null;
  /** What its browser calls itself; null where it said nothing. */
  userAgent: string | null;
  /** The network address it was begun from, or was confirmed from last. */
  address: string | null;
}

const methodNames: Record<string, string> = {
  password: 'password',
  code: 'code by e-mail',
  totp: 'authenticator app',
  lookup_secret: 'backup code',
  webauthn: 'security key',
  passkey: 'passkey',
  oidc: 'another account',
  saml: 'another account',
  code_recovery: 'recovery by e-mail',
  link_recovery: 'recovery by e-mail',
};

/** How somebody signed in, in words, each way once: `password, authenticator app`. */
export function methodWords(methods: readonly string[]): string {
  const words = methods.map((method) => methodNames[method] ?? method.replaceAll('_', ' '));
  return [...new Set(words)].join(', ');
}
