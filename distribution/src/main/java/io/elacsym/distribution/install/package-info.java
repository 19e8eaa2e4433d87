/** Installing plugins: fetched from a Maven repository or a file, unpacked, tried, and removed. */
package io.elacsym.distribution.install;
