// With single fetch, what a loader returns keeps its types on the way to the page.
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}
export {};
