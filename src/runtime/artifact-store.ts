import type { ArtifactRef } from '../visual/transition-record.js';

/** Content-addressed pictures. What `put` answered is on disk (fsync of file and folder) and never changes. */
export interface ArtifactStore {
  /** Stores the bytes under their hash; the same bytes twice are one file. Errors: PXP_IO. */
  put(bytes: Uint8Array, about: Omit<ArtifactRef, 'sha256' | 'sizeBytes'>): Promise<ArtifactRef>;
  /** Errors: PXP_ARTIFACT when it is missing or its hash differs. */
  get(ref: Pick<ArtifactRef, 'sha256'>): Promise<Uint8Array>;
}
