/** Bytes as plugins see them: ranges of one immutable blob, never the bucket behind it. */
package io.elacsym.api.blob;
