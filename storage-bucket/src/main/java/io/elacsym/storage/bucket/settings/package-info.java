/** The options that every storage in a bucket has. */
package io.elacsym.storage.bucket.settings;
