
{{ newtype.declaration }}

support::newtype! {
    {{ item.name }}({{ newtype.inner }}){{ newtype.check }}, value => {
{%- for rule in newtype.rules %}
        {{ rule }};
{%- endfor %}
    }
}
{%- if newtype.is_scalar %}
support::plain_text! { {{ item.name }}({{ newtype.inner }}) }
{%- endif %}
