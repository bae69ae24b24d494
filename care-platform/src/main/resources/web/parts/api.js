import { problemWords } from './service-words.js';

/** Requests to the services. The login travels in an HttpOnly cookie, so no token is ever held here. */

const PREFIX = '/api/v1';
const TRIES = 3;
const TIMEOUT_MS = 10_000;

/** What a service answered instead of doing what was asked; status 0 means that it could not be reached. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(problemWords(body?.detail || body?.title || ''));
    this.name = 'Problem';
    this.status = status;
    this.body = body ?? {};
    this.retryAfter = retryAfter;
  }

  get unreachable() {
    return this.status === 0;
  }
}

let loginAgain = null;

/** Says who asks for the password when a login has run out; the request then waits for it and is sent again. */
export function onLoginNeeded(ask) {
  loginAgain = ask;
}

export const get = (path) => send('GET', path);
export const put = (path, body) => send('PUT', path, body);
export const remove = (path) => send('DELETE', path);
export const post = (path, body) => send('POST', path, body);

const undecided = new Map();

/**
 * Posts a command that may have only one effect however often it arrives: the command's id is made here and kept until
 * the service has answered, also when the person presses the button again.
 */
export async function command(path, body) {
  const key = path + JSON.stringify(body);
  const commandId = undecided.get(key) ?? crypto.randomUUID();
  undecided.set(key, commandId);
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send('POST', path, { ...body, commandId });
      undecided.delete(key);
      return answer;
    } catch (problem) {
      const unanswered = problem.unreachable || problem.status >= 500;
      if (!unanswered) {
        undecided.delete(key);
      }
      if (!unanswered || attempt === TRIES) {
        throw problem;
      }
      await pause(attempt * 700);
    }
  }
}

/** A subject's or an incident's key as a part of a path. */
export const segment = (text) => encodeURIComponent(text).replaceAll('%3A', ':');

export const pause = (millis) => new Promise((done) => setTimeout(done, millis));

async function send(method, path, body, mayLogin = true) {
  const answer = await reach(method, path, body);
  if (answer.status === 401 && mayLogin && loginAgain && path !== '/sessions') {
    await loginAgain();
    return send(method, path, body, false);
  }
  const content = await read(answer);
  if (!answer.ok) {
    throw new Problem(answer.status, content, answer.headers.get('retry-after'));
  }
  return content;
}

async function reach(method, path, body) {
  const options = { method, credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { 'Content-Type': 'application/json' };
  }
  try {
    return await fetch(PREFIX + path, options);
  } catch {
    throw new Problem(0, null);
  }
}

async function read(answer) {
  if (answer.status === 204) {
    return null;
  }
  try {
    return await answer.json();
  } catch {
    return null;
  }
}
