//! Progress toward a target: six published or customary methods, as pure arithmetic.

mod methods;

pub use methods::{
    Aim, Assessment, Fallback, Lacking, Method, Outlook, Path, PlannersWord, Point, assess,
};
