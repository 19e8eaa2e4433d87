/** What a storage promises. */
package io.elacsym.tck.storage;
