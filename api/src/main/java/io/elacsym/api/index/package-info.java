/** The index SPIs: vector and text indexes over the rows of one segment. */
package io.elacsym.api.index;
