/** Files that commands write: there as a whole, or not at all. */
package io.elacsym.distribution.files;
