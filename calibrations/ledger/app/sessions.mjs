import { randomBytes } from 'node:crypto';

const MAX_SESSIONS = 1000;

/**
 * Who is signed in. A token outlives the expiry of its session, so that a click from the expired page is still known to
 * come from one; only `isLive` of its epoch says whether it may do anything.
 */
export function createSessions() {
  const epochs = new Map();
  return {
    /** A new token for a session of this epoch. */
    start(epoch) {
      const token = randomBytes(18).toString('base64url');
      epochs.set(token, epoch);
      if (epochs.size > MAX_SESSIONS) epochs.delete(epochs.keys().next().value);
      return token;
    },
    /** The epoch of the session, or undefined when the token is nobody's. */
    epochOf: (token) => epochs.get(token),
  };
}

/** The value of one cookie of a request, or undefined. */
export function readCookie(request, name) {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
