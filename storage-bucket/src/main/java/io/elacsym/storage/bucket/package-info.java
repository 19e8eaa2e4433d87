/** A bucket as storage, through whatever client a plugin brings. */
package io.elacsym.storage.bucket;
