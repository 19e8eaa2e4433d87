/** What vector and text indexes promise. */
package io.elacsym.tck.index;
