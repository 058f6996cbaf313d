// Addresses that never leave this machine: what the embedded runtime is made of.

const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/** Whether an address is one of this machine only. */
export function isLoopback(address: string): boolean {
  // Only of http does URL normalize the host.
  const url = URL.parse(address.replace(/^sb:/i, 'http:'));
  return url !== null && LOOPBACK_HOST.test(url.hostname);
}
