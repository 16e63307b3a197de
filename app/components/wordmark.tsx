/** The letters BQS; the tail of the Q is the tick of a qualified bid. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 66 24" role="img" aria-label="BQS" className={className}>
      <g fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinejoin="round">
        <path d="M3.7 3.7h6.6a4 4 0 0 1 0 8H3.7zm0 8h7.6a4.3 4.3 0 0 1 0 8.6H3.7z" />
        <path d="M39 14.6A8.3 8.3 0 1 1 37.2 6" strokeLinecap="round" />
        <path
          d="M61.3 6.3c-1.2-1.8-3-2.7-5.4-2.7-3 0-5.1 1.5-5.1 3.9 0 2.6 2.2 3.5 5.2 4.3 3.2.8 5.6 1.9 5.6 4.6 0 2.5-2.3 4-5.4 4-2.7 0-4.9-1.1-6.1-3.2"
          strokeLinecap="round"
        />
      </g>
      <path
        d="m29.8 12.6 4.2 5 9.2-11.8"
        fill="none"
        stroke="var(--color-tick)"
        strokeWidth="3.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
