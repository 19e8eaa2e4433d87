/** The storage SPI: flat object names, whole immutable objects, conditional puts. */
package io.elacsym.api.storage;
