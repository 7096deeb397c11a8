//! What others can use of the classes.

use super::lower::Class;
use crate::surface::{Kind, Surface};
use crate::target::Target::Apex;

/// Adds the names and types of a class.
pub(super) fn add(class: &Class, to: &mut Surface) {
    match class {
        Class::Data(class) => {
            to.add(Apex, Kind::Class, &class.name, "");
            for field in &class.fields {
                let (class, name) = (&class.name, &field.name);
                to.add_part(Apex, Kind::ClassField, class, name, &field.ty);
                if let Some(wire) = &field.wire {
                    to.add_part(Apex, Kind::JsonName, class, name, wire);
                }
            }
        }
        Class::Constants(class) => {
            to.add(Apex, Kind::Constants, &class.name, "");
            for constant in &class.constants {
                let (class, name) = (&class.name, &constant.name);
                to.add_part(Apex, Kind::Constant, class, name, &constant.literal);
            }
        }
        Class::MakeUuid(class) => to.add(Apex, Kind::Code, &class.name, ""),
        Class::Action(class) => to.add(Apex, Kind::Code, &class.name, ""),
        // Nobody uses a test.
        Class::Test(_) | Class::JsonTest(_) | Class::MakeUuidTest(_) => {}
        Class::Codec(class) => to.add(Apex, Kind::Code, &class.name, ""),
        Class::Json(class) => to.add(Apex, Kind::Code, &class.name, ""),
    }
}
