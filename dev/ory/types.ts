/** What the identity server keeps, by the names its JSON uses. Instants are ISO 8601 text. */

export interface Message {
  id: number;
  text: string;
  type: 'info' | 'error' | 'success';
  context?: Record<string, unknown>;
}

export interface UiNode {
  type: 'input' | 'a' | 'img' | 'text';
  group:
    'default' | 'password' | 'profile' | 'code' | 'totp' | 'lookup_secret' | 'identifier_first';
  attributes: Record<string, unknown>;
  messages: Message[];
  meta: { label?: Message };
}

export interface VerifiableAddress {
  id: string;
  value: string;
  verified: boolean;
  via: 'email';
  status: 'pending' | 'sent' | 'completed';
  verified_at?: string;
  created_at: string;
  updated_at: string;
}

export interface RecoveryAddress {
  id: string;
  value: string;
  via: 'email';
  created_at: string;
  updated_at: string;
}

export interface PasswordCredential {
  hash: string;
  identifiers: string[];
  created_at: string;
  updated_at: string;
}

/** One-time codes on paper, for the day the authenticator app is lost. */
export interface BackupCode {
  code: string;
  used_at?: string;
}

export type IdentityState = 'active' | 'inactive';

export interface Identity {
  id: string;
  external_id?: string;
  schema_id: string;
  state: IdentityState;
  state_changed_at: string;
  traits: Record<string, unknown>;
  verifiable_addresses: VerifiableAddress[];
  recovery_addresses: RecoveryAddress[];
  metadata_public: unknown;
  metadata_admin: unknown;
  created_at: string;
  updated_at: string;
  password?: PasswordCredential;
  /** The secret an authenticator app shares, in base32. */
  totp?: string;
  lookup_secret?: BackupCode[];
}

export interface AuthenticationMethod {
  method: 'password' | 'code_recovery' | 'totp' | 'lookup_secret';
  aal: 'aal1' | 'aal2';
  completed_at: string;
}

export interface Device {
  id: string;
  ip_address: string;
  user_agent: string;
  location: string;
}

export interface Session {
  id: string;
  token: string;
  logout_token: string;
  identity_id: string;
  active: boolean;
  expires_at: string;
  authenticated_at: string;
  issued_at: string;
  authentication_methods: AuthenticationMethod[];
  devices: Device[];
}

export type FlowKind = 'login' | 'registration' | 'settings' | 'recovery' | 'verification';

export interface OneTimeCode {
  value: string;
  address: string;
  expires_at: string;
  /** Whom the code lets in; absent where the address belongs to nobody. */
  identity_id?: string;
}

export interface Flow {
  id: string;
  kind: FlowKind;
  type: 'browser' | 'api';
  expires_at: string;
  issued_at: string;
  created_at: string;
  updated_at: string;
  request_url: string;
  return_to?: string;
  active?: string;
  state: string;
  ui: { action: string; method: 'GET' | 'POST'; nodes: UiNode[]; messages: Message[] };
  /** The masked token rendered last; a browser must hold the cookie it was made from. */
  csrf_token: string;
  /** True for a recovery started by an administrator, whose link opens in any browser. */
  skips_csrf?: boolean;
  refresh?: boolean;
  requested_aal?: string;
  identity_id?: string;
  /** Settings: a second factor shown and not yet confirmed. */
  offered?: { totp?: string; codes?: string[] };
  code?: OneTimeCode;
  submissions: number;
}

export interface CourierMessage {
  id: string;
  status: 'sent';
  type: 'email';
  recipient: string;
  body: string;
  subject: string;
  template_type: string;
  channel: 'email';
  send_count: number;
  created_at: string;
  updated_at: string;
}

export interface SeedIdentity {
  /** Fixed identity id; a random one where absent. */
  id?: string;
  email: string;
  password: string;
  name: { first: string; last: string };
  /** Whether the address counts as verified. */
  verified: boolean;
}
