/** What a segment format promises. */
package io.elacsym.tck.segment;
