//! Enums whose values have names in files and in results, from one macro.

/// Writes an enum whose values have names in files and in results.
macro_rules! named {
    ($(
        $(#[$doc:meta])*
        $name:ident : $what:literal { $( $(#[$vdoc:meta])* $variant:ident = $text:literal ),* $(,)? }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$vdoc])* $variant, )* }

        $crate::scale::named::values!($name: $what { $( $variant = $text ),* });
    )*};
}

/// Writes the names of an enum's values, both ways.
macro_rules! values {
    ($name:ident : $what:literal { $( $variant:ident = $text:literal ),* $(,)? }) => {
        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name of the value, as files and results have it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::ErrorKind::UnknownName {
                        what: $what,
                        found: text.to_owned(),
                        near: $crate::problem::nearest(text, [$($text),*].into_iter()),
                        names: vec![$($text.to_owned()),*],
                    }.into()),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(deserializer)?.parse().map_err(::serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {named, values};
