/** In which order do attributes put rows, and what is read of rows to find out? */
package io.elacsym.engine.order;
