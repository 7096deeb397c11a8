{%- include "rust/checks.rs" %}
{%- if !support.is_empty() %}

/// What the types above share; not all of them use all of it.
#[allow(dead_code, unreachable_pub, unused_macro_rules)]
#[allow(unused_qualifications, unused_results)]
mod support {
{{ support }}
}
{%- endif %}
