import { IsString, MaxLength, MinLength } from 'class-validator';

/** The body of `POST /notes`. A request that breaks a rule is answered with 422. */
export class CreateNote {
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  text!: string;
}
