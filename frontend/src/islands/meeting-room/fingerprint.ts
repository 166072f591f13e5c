/**
 * The certificate fingerprint that a session description binds its link to. The browser refuses a DTLS certificate
 * that is not in the remote description, so what stands there is what the link really uses.
 */
const LINE = /^a=fingerprint:(\S+)\s+(\S+)\s*$/gim;

/** Return the one SHA-256 fingerprint as 64 lower-case digits; null when there is none, several or another hash. */
export function fingerprintOf(sdp: string): string | null {
  const found = [...sdp.matchAll(LINE)].map(([, hash, value]) => ({ hash, value: normalise(value ?? "") }));
  const [first] = found;
  const one = found.every(({ hash, value }) => hash?.toLowerCase() === "sha-256" && value === first?.value);
  return first && one && /^[0-9a-f]{64}$/.test(first.value) ? first.value : null;
}

function normalise(value: string): string {
  return value.replaceAll(":", "").toLowerCase();
}
