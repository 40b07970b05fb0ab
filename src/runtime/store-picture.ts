import type { ArtifactRef, Picture } from '../visual/index.js';
import type { RunContext } from './run-context.js';

/** The picture is durable, and counted, when the promise resolves. */
export async function storePicture(
  { bytes, mediaType, rect }: Picture,
  kind: 'before' | 'after' | 'evidence',
  { artifacts, metrics }: RunContext,
): Promise<ArtifactRef> {
  const ref = await artifacts.put(bytes, { kind, mediaType, rect });
  metrics.artifact(kind, ref.sizeBytes);
  return ref;
}
