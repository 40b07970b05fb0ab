/** The probes, and the pictures that they measure: from a file, from encoded bytes, or from pixels at hand. */
export { ImageBuffer, type ImageFile, decode, readImage } from '../image/index.js';
export { type ChangeScore, type ChangeScoreOptions, type ChangedTile, changeScore } from './change-score.js';
export { type Rgb, deltaE, parseColor, toHex } from './color/color.js';
export { mostFrequentColor } from './color/most-frequent-color.js';
export { fromSubsampledLine } from './color/subsampled-line.js';
export type { ColorSelector } from './color/color-selector.js';
export { type Component, type ComponentsOptions, components } from './components.js';
export { type Displacement, type DisplacementOptions, displacement } from './displacement.js';
export { type Emptiness, type EmptinessOptions, emptiness } from './emptiness.js';
export { type InkGrowth, type InkGrowthOptions, inkGrowth } from './ink-growth.js';
export { type MatchTemplateOptions, type TemplateMatch, matchTemplate } from './match-template.js';
export { type ProjectionOptions, projection } from './projection.js';
export {
  type DigitShapes,
  type NumberReading,
  type NumberReason,
  type ReadNumberOptions,
  learnDigits,
  readNumber,
} from './read-number.js';
export { type RowBand, type RowBands, type RowBandsOptions, rowBands } from './row-bands.js';
export { type Signature, hammingDistance, signature, steadyHash } from './signature.js';
export { type MovedTile, type Stability, type StabilityOptions, stability } from './stability.js';
export { type SwatchOptions, type SwatchRank, type SwatchResult, swatch } from './swatch.js';
export { type Veil, type VeilOptions, type VeilReason, type VeilState, veil } from './veil.js';
