/** Why a value is hidden from whoever looks at a record. */
export type Hidden = keyof typeof hiddenWords;

/** What stands in a value's place. */
const hiddenWords = {
  secret: 'secret',
  person: 'person',
  email: 'e-mail address',
  phone: 'phone number',
  address: 'address',
  identity: 'personal number',
} as const;

/** What is done with a value: hidden as something, or shown shortened since people write freely in it. */
export type NameTreatment = Hidden | 'free-text';

/**
 * What the name of an attribute says of its value; the first row that fits counts. The names are looked at
 * as their words in lower case: `PrimaryContactEmailAddress` is `primary contact email address`.
 */
export const nameRules: readonly (readonly [RegExp, NameTreatment])[] = [
  [/\b(passw(or)?d|passphrase|pwd|secrets?|tokens?|jwt|credentials?|cookies?|bearer)\b/, 'secret'],
  [/\b(auth|authori[sz]ation|session|pin|otp|saml|oauth)\b/, 'secret'],
  [/\b(api|access|private|secret|encryption|signing|master|shared) ?keys?\b/, 'secret'],
  [/(password|secret|token|apikey|authori[sz]ation|credential)/, 'secret'],
  [/\bkeys?( \d+)?$/, 'secret'],
  [/\blogin\b/, 'secret'],
  [/\be ?mails?\b|\bmail(box)?\b|\bemailaddress\b/, 'email'],
  [/\b(tele)?(phones?|fax|mobile)\b|\bcell number\b/, 'phone'],
  [
    /\b(ssn|social security|passport|iban|tax(payer)? (id|number)|date of birth|birth ?da(y|te)|dob|gender|nationality)\b/,
    'identity',
  ],
  [/\b(addresse?s?|street|postal|postcode|zip|city)\b/, 'address'],
  [
    /\b(first|last|middle|maiden|given|family|full|contact|person|owner|manager|resource|user|nick) ?(party )?names?\b/,
    'person',
  ],
  [
    /^party name ?\d*$|\bcontact party name\b|\b(created|updated|modified|approved|changed) by\b/,
    'person',
  ],
  [
    /\b(descriptions?|comments?|notes?|remarks?|memos?|summary|message)\b|\bfree text\b/,
    'free-text',
  ],
];

/** What hides in a text whatever its name; each match is replaced. The rows are gone through in their order. */
export const valueRules: readonly (readonly [RegExp, Hidden])[] = [
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
    'secret',
  ],
  [/\bbearer\s+[A-Za-z0-9+/_.~-]{8,}=*/gi, 'secret'],
  [/\b(?:basic|digest|negotiate)\s+(?=\S*[\d=])[A-Za-z0-9+/_.~-]{8,}=*/gi, 'secret'],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*)?/g, 'secret'],
  [/(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@]*@/gi, 'secret'],
  [
    /(?<=(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|authorization|signature)["']?\s{0,5}[=:]\s{0,5}["']?)[^\s"'&,;‹]+/gi,
    'secret',
  ],
  [/(?<=[?&](?:sig|key|code)=)[^\s"'&,;‹]+/gi, 'secret'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|\b(?:gh[pousr]|xox[abprs])[_-][A-Za-z0-9_-]{10,}/g, 'secret'],
  [/\b[0-9a-f]{32,}\b/gi, 'secret'],
  [
    /\b(?=[A-Za-z0-9+]*[a-z])(?=[A-Za-z0-9+]*[A-Z])(?=[A-Za-z0-9+]*\d)[A-Za-z0-9+]{32,}={0,2}/g,
    'secret',
  ],
  [/[^\s<>()"',;:@‹›]{1,64}@[^\s<>()"',;:@‹›]{1,190}\.[a-z]{2,}/gi, 'email'],
  [/(?<![\w.])\+\d[\d ().\-/]{6,20}\d(?![\w.])/g, 'phone'],
];

/** What an attribute's name says of its value; null where it says nothing against showing it. */
export function treatmentOf(name: string): NameTreatment | null {
  const words = wordsOf(name);
  return nameRules.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** A text without what hides in it. */
export function redactText(text: string): { text: string; hidden: number } {
  let hidden = 0;
  let shown = text;
  for (const [pattern, as] of valueRules) {
    shown = shown.replace(pattern, () => {
      hidden++;
      return mask(as);
    });
  }
  return { text: shown, hidden };
}

/** What stands in the place of a value. */
export function mask(as: Hidden): string {
  return `‹${hiddenWords[as]} hidden›`;
}

/** The words of a name: `API_KEY`, `ApiKey2` and `apiKey_c` are all `api key`, but for the number. */
function wordsOf(name: string): string {
  return name
    .slice(0, 200)
    .replace(/_+c$/i, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .toLowerCase();
}
