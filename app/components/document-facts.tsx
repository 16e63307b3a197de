import { createContext, useContext } from 'react';

/**
 * What the server knows of the document it renders. In the browser both are gone: scripts have run, and
 * the request id is read back from the page's `<meta>`.
 */
export const DocumentFacts = createContext<{ nonce: string; requestId: string | null }>({
  nonce: '',
  requestId: null,
});

export const requestIdMeta = 'request-id';

/** The nonce that lets an inline script of ours run. */
export function useNonce(): string {
  return useContext(DocumentFacts).nonce;
}

/** The id under which the log knows the request of this document; null where there is none. */
export function useRequestId(): string | null {
  const { requestId } = useContext(DocumentFacts);
  if (requestId || typeof document === 'undefined') return requestId;
  return document.querySelector<HTMLMetaElement>(`meta[name="${requestIdMeta}"]`)?.content ?? null;
}
