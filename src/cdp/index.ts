export { type AttachOptions, attachBrowser } from './attach.js';
export type { Browser, BrowserProcess } from './browser.js';
export { binaryOf } from './binary-of.js';
export { CdpConnection } from './connection.js';
export { type BrowserKind, type FoundBrowser, findBrowser } from './find-browser.js';
export type { FrameClock } from './frame-clock.js';
export { type LaunchOptions, launchBrowser } from './launch.js';
export { type OpenPageOptions, type Page, openPage } from './open-page.js';
export { pipeWire } from './pipe-wire.js';
export type {
  CdpEvent,
  CdpEventParams,
  CdpMethod,
  CdpParams,
  CdpResult,
  CdpSession,
  SendOptions,
} from './session.js';
export { sweepProfiles } from './sweep-profiles.js';
export { openWebSocketWire } from './websocket-wire.js';
export type { Wire, WireListener } from './wire.js';
