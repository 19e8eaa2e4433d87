/**
 * The manifest: the one mutable object of a namespace, and the truth about all others. Byte by
 * byte: {@code docs/format/manifest.md}.
 */
package io.elacsym.engine.manifest;
