/** The storage contract, run on a storage that is in use. */
package io.elacsym.distribution.probe;
