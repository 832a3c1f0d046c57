package org.rollcall.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes every key that no other component of the record is named after, as {@code Map<String,
 * String>}; whoever reads the map says which keys there may be. A value {@code file:PATH} gets the
 * whole path, from the settings' folder on. At most one component has it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Rest {}
