/**
 * What a flow needs: its type and the words its steps are made of. Those who embed one part import it from
 * `pixelproof/probe`, `/cdp`, `/sensor` or `/runtime`.
 */
export { ERROR_CATALOGUE, type ErrorCode, PixelproofError, isPixelproofError } from './core/index.js';
export { type Blocker, type FlowDefinition, StepFailure, type Ui, defineFlow } from './runtime/index.js';
export {
  type Action,
  type CustomFinding,
  type CustomView,
  type EffectClass,
  type Evidence,
  type Judgement,
  type Readings,
  type Recognition,
  type Step,
  type TransitionRecord,
  type Verdict,
  all,
  any,
  changed,
  click,
  custom,
  drag,
  gone,
  hover,
  listEmpty,
  matches,
  modalClosed,
  modalOpen,
  not,
  on,
  press,
  rowAdvanced,
  rowRemoved,
  scroll,
  scrolled,
  swatchIs,
  tabActive,
  textGrew,
  type,
  unchanged,
  visible,
} from './visual/index.js';
