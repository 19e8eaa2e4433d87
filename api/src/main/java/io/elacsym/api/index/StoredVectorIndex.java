package io.elacsym.api.index;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSource;

/**
 * An index of one vector field of one segment, as it is stored.
 *
 * @param field what it is over
 * @param encoding as which it was written
 * @param blob its bytes
 * @param segmentRows how many rows the segment has
 * @param vectors those of the segment; reading them is slow if the index was built without having
 *     them {@linkplain VectorIndexInput#vectorsAtHand at hand}
 */
public record StoredVectorIndex(
    VectorField field,
    Encoding encoding,
    BlobSource blob,
    int segmentRows,
    StoredVectors vectors) {}
