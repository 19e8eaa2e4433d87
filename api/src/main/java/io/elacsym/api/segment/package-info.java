/** The segment format SPI: typed columns of documents, written once and read by column and row. */
package io.elacsym.api.segment;
