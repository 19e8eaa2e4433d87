/** Projects for plugins: generated, building and keeping their contract from the first minute. */
package io.elacsym.distribution.scaffold;
