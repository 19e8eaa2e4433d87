/** Compare-and-set on one object of a storage; knows no word of the database. */
package io.elacsym.engine.cas;
