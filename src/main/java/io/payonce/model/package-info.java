/** What things are: payments, operations, answers. Records and enums; nothing but the JDK. */
package io.payonce.model;
