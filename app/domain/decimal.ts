const places = 30;

/** A decimal text as a whole number of its thirtieth place, to compare amounts exactly: a JS number would round. */
export function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return decimal.startsWith('-') ? -digits : digits;
}
