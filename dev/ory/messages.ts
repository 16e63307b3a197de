import type { BackupCode, Message } from './types.ts';

/** Messages of flows and nodes. Clients branch on the ids, which are Kratos'; the words are ours. */

const info = (id: number, text: string, context?: Record<string, unknown>): Message => ({
  id,
  text,
  type: 'info',
  ...(context && { context }),
});
const error = (id: number, text: string, context?: Record<string, unknown>): Message => ({
  ...info(id, text, context),
  type: 'error',
});
const success = (id: number, text: string): Message => ({ ...info(id, text), type: 'success' });

/** A used code shows when, not what it was. */
const codeLabel = ({ code, used_at }: BackupCode) =>
  used_at ? info(1050014, 'used', { used_at }) : info(1050009, code, { secret: code });

export const labels = {
  signIn: info(1010001, 'Sign in'),
  signInWithPassword: info(1010022, 'Sign in with password'),
  authenticationCode: info(1010006, 'Authentication code'),
  backupCode: info(1010007, 'Backup recovery code'),
  useAuthenticator: info(1010009, 'Use the authenticator app'),
  useBackupCode: info(1010010, 'Use a backup recovery code'),
  signUp: info(1040001, 'Sign up'),
  back: info(1040008, 'Back'),
  unlinkAuthenticator: info(1050004, 'Remove the authenticator app'),
  authenticatorPicture: info(1050005, 'QR code for an authenticator app'),
  authenticatorSecret: info(1050017, 'The secret, for typing it in where no picture can be taken.'),
  secret: (secret: string) => info(1050006, secret, { secret }),
  revealCodes: info(1050007, 'Show the backup recovery codes'),
  generateCodes: info(1050008, 'Make new backup recovery codes'),
  codes: info(1050010, 'Your backup recovery codes. Keep them where only you can find them.'),
  confirmCodes: info(1050011, 'I have kept the codes'),
  codeList: (codes: readonly BackupCode[]) =>
    info(1050015, codes.map(({ code }) => code).join(', '), { secrets: codes.map(codeLabel) }),
  disableCodes: info(1050016, 'Remove the backup recovery codes'),
  verifyCode: info(1070006, 'Code from the app'),
  password: info(1070001, 'Password'),
  trait: (title: string, name: string) => info(1070002, title, { name, title }),
  save: info(1070003, 'Save'),
  email: info(1070007, 'E-mail'),
  resend: info(1070008, 'Send the code again'),
  proceed: info(1070009, 'Continue'),
  recoveryCode: info(1070010, 'Recovery code'),
  verificationCode: info(1070011, 'Verification code'),
};

export const messages = {
  confirmItIsYou: info(1010003, 'Please sign in once more, so that we know it is you.'),
  secondFactorNeeded: info(1010004, 'Please complete the second step of signing in.'),
  chooseCredential: info(1040009, 'Please choose how you sign in from now on.'),
  settingsSaved: success(1050001, 'Your changes are saved.'),
  recovered: (until: string) =>
    ({
      ...success(1060001, 'You are in again. Choose a new password now.'),
      context: { privileged_session_expires_at: until },
    }) satisfies Message,
  recoveryCodeSent: info(
    1060003,
    'If that address belongs to an account, a recovery code is on its way to it.',
  ),
  verified: success(1080002, 'Your e-mail address is verified.'),
  verificationCodeSent: info(
    1080003,
    'If that address belongs to an account, a verification code is on its way to it.',
  ),
  generic: (reason: string) => error(4000001, reason, { reason }),
  missing: (property: string) => error(4000002, `Property ${property} is missing.`, { property }),
  tooShort: (minimum: number, actual: number) =>
    error(4000003, `At least ${minimum} characters are needed, not ${actual}.`, {
      min_length: minimum,
      actual_length: actual,
    }),
  tooLong: (maximum: number, actual: number) =>
    error(4000017, `At most ${maximum} characters are allowed, not ${actual}.`, {
      max_length: maximum,
      actual_length: actual,
    }),
  wrongType: (allowed: string, actual: string) =>
    error(4000026, `Expected ${allowed}, got ${actual}.`, {
      allowed_types: [allowed],
      actual_type: actual,
    }),
  invalidCredentials: error(4000006, 'E-mail address or password is wrong.'),
  wrongAuthenticationCode: error(4000008, 'This authentication code is wrong or too old.'),
  usedBackupCode: error(4000012, 'This backup recovery code was used already.'),
  noBackupCodes: error(4000014, 'There are no backup recovery codes.'),
  wrongBackupCode: error(4000016, 'This backup recovery code is wrong.'),
  duplicate: error(4000007, 'There is an account with this e-mail address already.'),
  passwordLikeIdentifier: error(4000031, 'The password is too similar to the e-mail address.'),
  passwordTooShort: (minimum: number, actual: number) =>
    error(4000032, `The password needs at least ${minimum} characters, not ${actual}.`, {
      min_length: minimum,
      actual_length: actual,
    }),
  passwordTooLong: (maximum: number, actual: number) =>
    error(4000033, `The password may have at most ${maximum} bytes, not ${actual}.`, {
      max_length: maximum,
      actual_length: actual,
    }),
  passwordUnchanged: error(4000039, 'The new password is the old one.'),
  invalidEmail: (value: string) => error(4000040, 'This is not an e-mail address.', { value }),
  loginExpired: error(4010001, 'This took too long; please sign in again.'),
  noLoginMethod: error(4010002, 'The form does not say how to sign in.'),
  noRegistrationMethod: error(4010003, 'The form does not say how to register.'),
  noSettingsMethod: error(4010004, 'The form does not say what to change.'),
  registrationExpired: error(4040001, 'This took too long; please fill in the form again.'),
  settingsExpired: error(4050001, 'This took too long; please make the change again.'),
  recoveryFinished: error(4060001, 'This recovery is finished already; please start again.'),
  recoveryExpired: error(4060005, 'This took too long; please start again.'),
  wrongRecoveryCode: error(4060006, 'This recovery code is wrong or was used already.'),
  verificationFinished: error(4070002, 'This verification is finished already.'),
  verificationExpired: error(4070005, 'This took too long; please start again.'),
  wrongVerificationCode: error(4070006, 'This verification code is wrong or was used already.'),
  submittedTooOften: error(
    4000001,
    'The code was submitted too often. Please ask for another one.',
    { reason: 'The code was submitted too often. Please ask for another one.' },
  ),
};
